"""Collections of tunes to a data set: deterministic shards with a manifest, made by Apache Beam."""
