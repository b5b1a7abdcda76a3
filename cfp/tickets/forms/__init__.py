"""The shape of what buyers and organisers type about tickets."""
