"""Selectors in ONNX: after `register()`, skl2onnx converts a fitted Pipeline with any selector of the package in it."""

from infsel.onnx._register import register

__all__ = ["register"]
