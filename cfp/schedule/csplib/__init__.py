"""The conference of blocks: sessions and rooms make cells, a cell holds talks of one track."""
