"""How people reach it: the command line. Thin: parse, call one function below, print."""
