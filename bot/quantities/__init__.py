"""How a language writes numbers with bounds and units; what stories and written sentences read."""
