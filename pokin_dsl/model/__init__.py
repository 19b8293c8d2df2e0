"""The model: trees of performance with their indicators and positions, resolved from outlines; no text, no places."""
