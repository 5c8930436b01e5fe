"""Compiled inner loops: arrays in, arrays out. No other package imports numba."""

from infsel._kernels._bins import write_bins, write_bins_of_positions
from infsel._kernels._class_sums import add_class_sums, add_present_sums
from infsel._kernels._concordance import write_orders
from infsel._kernels._contingency import write_contingency
from infsel._kernels._correlate import correlate, correlate_blocks
from infsel._kernels._counts import write_pair_sums
from infsel._kernels._distances import weigh_differences, write_distances
from infsel._kernels._label_products import add_label_norms, add_of_labels, write_label_products
from infsel._kernels._listed import (
    add_by_label,
    add_values_by_label,
    collect_by_label,
    count_labels,
    explain,
    write_gap_sums,
    write_gaps_beside,
    write_listed,
)
from infsel._kernels._mismatches import add_mismatches, weigh_matches
from infsel._kernels._nearest import add_near, count_near, find_near, share_near
from infsel._kernels._present import center_present, center_ranks
from infsel._kernels._ranks import write_keys, write_ranks, write_weighted_ranks
from infsel._kernels._shared import subtract_shared, subtract_weighed_shared
from infsel._kernels._tiles import add_symmetric_product, exceed, independence, measure_close
from infsel._kernels._together import count_together, write_indicators, write_shared, write_together

__all__ = [
    "add_by_label",
    "add_class_sums",
    "add_label_norms",
    "add_mismatches",
    "add_near",
    "add_of_labels",
    "add_present_sums",
    "add_symmetric_product",
    "add_values_by_label",
    "center_present",
    "center_ranks",
    "collect_by_label",
    "correlate",
    "correlate_blocks",
    "count_labels",
    "count_near",
    "count_together",
    "exceed",
    "explain",
    "find_near",
    "independence",
    "measure_close",
    "share_near",
    "subtract_shared",
    "subtract_weighed_shared",
    "weigh_differences",
    "weigh_matches",
    "write_bins",
    "write_bins_of_positions",
    "write_contingency",
    "write_distances",
    "write_gap_sums",
    "write_gaps_beside",
    "write_indicators",
    "write_keys",
    "write_label_products",
    "write_listed",
    "write_orders",
    "write_pair_sums",
    "write_ranks",
    "write_shared",
    "write_together",
    "write_weighted_ranks",
]
