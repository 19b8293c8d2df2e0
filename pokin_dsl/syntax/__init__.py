"""Reading: text to outline, one sentence a line, every mistake reported and none of them hiding its neighbours."""
