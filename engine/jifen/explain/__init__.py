"""Why a number is what it is: every condition taken apart, what was missing, and the sums as people write them."""
