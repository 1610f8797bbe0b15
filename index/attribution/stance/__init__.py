"""Which stance a statement takes, as a whole: not every demand is put with "demand"."""
