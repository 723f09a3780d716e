"""The files that describe a data set: manifest, schema, statistics, data card."""
