"""What the organisers ask beyond title and abstract, and what speakers answer."""
