"""Formal models of cooperation between states, one module for each idea.

A model is a few pure functions: numbers and arrays in, arrays or DataFrames out. Equations
and sources stand in the docstrings.
"""
