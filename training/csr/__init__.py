"""The command line `csr`: objects of a connected resource, by the names of the Speech CLI."""
