"""The cooperative's creatures, stitch by stitch: twelve finger puppets and eight little animals.

`scenes` gives each its picture, by the product's slug (and colour, where there are several).
"""

from coop.kit.knitting.creatures.groups import scenes, second_looks

__all__ = ["scenes", "second_looks"]
