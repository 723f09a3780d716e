"""The rules beyond syntax, in a folder for each level and a file for each rule.

`catalogue` has them all; `basis` is what they share.
"""
