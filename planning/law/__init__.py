"""Law as data: dated rule sets in TOML, and small functions that ask the layers what a rule demands.

::

    rule_set     what a rule set says: clauses with instrument, article, dates, thresholds, source, confidence
    figure       a number and the interval in which it is known
    finding      met, not met, cannot tell, needs input; and how several of them make one
    case         what the rules ask: the change, its districts, yards, protected land, parcels
    procedure … coordinates   the rules, one file a group
    rules        RULES: all of them
    choice       which rule set is in force, or named by the project
    judgement    every clause asked; tables and facts for the Record
"""
