"""Data sets: what stands in them, where they come from, how they are divided."""

from glassnet.data.dataset import Dataset, Parts
from glassnet.data.idx import read_idx, write_idx
from glassnet.data.idx_folder import read_idx_folder
from glassnet.data.memory import picture_memory
from glassnet.data.npz import is_archive, load_npz, read_npz
from glassnet.data.pack import Packed, pack_folder
from glassnet.data.sources import BUILT_IN, load_data
from glassnet.data.splits import stratified
from glassnet.data.table import Choice, load_again, load_table
from glassnet.data.unpack import unpack_folder

__all__ = [
    "BUILT_IN",
    "Choice",
    "Dataset",
    "Packed",
    "Parts",
    "is_archive",
    "load_again",
    "load_data",
    "load_npz",
    "load_table",
    "pack_folder",
    "picture_memory",
    "read_idx",
    "read_idx_folder",
    "read_npz",
    "stratified",
    "unpack_folder",
    "write_idx",
]
