"""The machinery that makes the book. Notebooks never import it."""
