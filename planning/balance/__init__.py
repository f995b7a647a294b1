"""Land-use balance: before and after, by functional area and horizon, from current to planned use; printed tables.

::

    percent      percentages that sum to 100: largest remainder
    uses         the land uses of parcels, one line each where a parcel has several
    land_use     by code and group, by regime of codes; overlay totals apart
    plan         by functional area and by the plan's horizons
    transition   from current to planned use
    tables       all of them for the Record
    printed      a printed balance table, checked
"""
