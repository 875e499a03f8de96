"""Data sets: what stands in them, where they come from, how they are divided."""

from glassnet.data.dataset import Dataset, Parts
from glassnet.data.idx import read_idx, write_idx
from glassnet.data.idx_folder import read_idx_folder
from glassnet.data.pack import Packed, pack_folder
from glassnet.data.sources import BUILT_IN, load_data
from glassnet.data.splits import stratified
from glassnet.data.unpack import unpack_folder

__all__ = [
    "BUILT_IN",
    "Dataset",
    "Packed",
    "Parts",
    "load_data",
    "pack_folder",
    "read_idx",
    "read_idx_folder",
    "stratified",
    "unpack_folder",
    "write_idx",
]
