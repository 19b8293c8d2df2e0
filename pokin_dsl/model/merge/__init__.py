"""Three versions of one file made one: what either side changed, fact by fact, and what only people can decide."""
