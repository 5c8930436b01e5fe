"""Statistics of columns and a target, each written once."""

from infsel.statistics._association import association, correlation_ratio, cramers_v, normalized_information
from infsel.statistics._blocks import WIDTH, blocks, by_blocks
from infsel.statistics._class_moments import class_moments, classes_of_moments
from infsel.statistics._class_pairs import mean_over_known_pairs, mean_over_pairs
from infsel.statistics._class_sums import ClassSums, class_sums, class_sums_of_present
from infsel.statistics._components import Components, anisotropy, leading_components, without_components
from infsel.statistics._concordance import order_of_members, order_of_times
from infsel.statistics._correlation import explained, projections, row_by_row, squared_correlations
from infsel.statistics._counts import column_counts
from infsel.statistics._expected_information import expected_information, expected_informations
from infsel.statistics._f_statistic import f_of_classes, f_of_numbers, f_of_present, f_ratio
from infsel.statistics._information import Entropies, One, PresentEntropies, entropies_of
from infsel.statistics._labels import beyond_chance, cramers_v_squared, explained_by_labels, means_of_labels
from infsel.statistics._margins import ClassNeighbors, neighbors_of, soft_margins
from infsel.statistics._mixed_distances import MixedDistances
from infsel.statistics._nearest import NearestSamples
from infsel.statistics._partial_correlation import (
    SingularError,
    ledoit_wolf_shrinkage,
    oas_shrinkage,
    partial_correlations,
    partial_rows,
)
from infsel.statistics._placed import placed
from infsel.statistics._ranks import order_between, order_of_present
from infsel.statistics._sample_distances import SampleDistances
from infsel.statistics._sparse_distances import SparseDistances
from infsel.statistics._spread_samples import nearest_samples, sample_distances
from infsel.statistics._unit_range import unit_range
from infsel.statistics._weights import counts_of

__all__ = [
    "WIDTH",
    "ClassNeighbors",
    "ClassSums",
    "Components",
    "Entropies",
    "MixedDistances",
    "NearestSamples",
    "One",
    "PresentEntropies",
    "SampleDistances",
    "SingularError",
    "SparseDistances",
    "anisotropy",
    "association",
    "beyond_chance",
    "blocks",
    "by_blocks",
    "class_moments",
    "class_sums",
    "class_sums_of_present",
    "classes_of_moments",
    "column_counts",
    "correlation_ratio",
    "counts_of",
    "cramers_v",
    "cramers_v_squared",
    "entropies_of",
    "expected_information",
    "expected_informations",
    "explained",
    "explained_by_labels",
    "f_of_classes",
    "f_of_numbers",
    "f_of_present",
    "f_ratio",
    "leading_components",
    "ledoit_wolf_shrinkage",
    "mean_over_known_pairs",
    "mean_over_pairs",
    "means_of_labels",
    "nearest_samples",
    "neighbors_of",
    "normalized_information",
    "oas_shrinkage",
    "order_between",
    "order_of_members",
    "order_of_present",
    "order_of_times",
    "partial_correlations",
    "partial_rows",
    "placed",
    "projections",
    "row_by_row",
    "sample_distances",
    "soft_margins",
    "squared_correlations",
    "unit_range",
    "without_components",
]
