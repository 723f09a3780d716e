"""From collections of tunes to a data set: deterministic shards and a manifest, made with Apache Beam."""
