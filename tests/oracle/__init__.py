"""A second, independent calculation of Tianjin 2022, to compare the engine with."""
