"""The files that describe a data set: card, schema, statistics, manifest."""
