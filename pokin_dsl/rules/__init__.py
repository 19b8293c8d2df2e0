"""Rules: what the method asks of a tree, one module per family, one ordered table of all of them."""
