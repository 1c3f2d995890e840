"""One file for each kind of indicator: an ordinary function over the operations of a plan."""
