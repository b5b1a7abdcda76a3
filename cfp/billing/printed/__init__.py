"""The invoice as people read it: a PDF/A-3 that carries its own XML."""
