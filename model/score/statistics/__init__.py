"""The values of figures: shares, quantiles and distances, with their intervals."""
