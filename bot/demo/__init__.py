"""The sample wire: invented outlets report three days of an invented city, over loopback HTTP."""
