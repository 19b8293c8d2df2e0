"""The live preview: the site of a workspace, served while its trees are being written."""
