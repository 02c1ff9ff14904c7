"""International Military Cooperation: a computational course.

The models are in `entente.models`, the tables in `entente.data`, the pictures in
`entente.charts`. Importing `entente` loads none of them: each is imported where it is used.
"""

__version__ = "0.1.0"
