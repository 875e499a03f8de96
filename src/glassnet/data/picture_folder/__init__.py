"""Folders of pictures, with a folder for each class, as data."""

from glassnet.data.picture_folder.reading import PictureWarning, read_picture_folder, read_pictures

__all__ = ["PictureWarning", "read_picture_folder", "read_pictures"]
