"""Commands that draw and write what a Record holds: map, workbook."""

import typer

app = typer.Typer(rich_markup_mode=None)
