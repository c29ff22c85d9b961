"""Pictures of knitting, drawn stitch by stitch from the house's own charts.

Two parts. `yarns` and `bands` are plain data (which yarn each stitch has) and belong to the site:
a design's chart for members and for print is drawn from them. Everything else needs numpy and
scipy, which only the command `manage.py draw_pictures` imports: the running site never does.

How a picture comes about:

    sheet = Sheet(1280, 1600)
    at = Frame(640, 1400, scale=1.2)
    chart = grid(stack([*plain("cream", 9), *motif_band("ojo"), *plain("cream", 9)], columns=120))
    tube(sheet, [at(0, -800), at(0, 0)], at.sizes(60, 180, 190), chart, stitch=24)
    bead(sheet, at(40, -700), at.size(14))
    hairs(sheet, 9000, length=20)
    image = finish(sheet, ground="sand")

A product's picture is a `scenes.Scene`; `creatures.SCENES` and `garments.SCENES` hold them all by
the product's slug and colour ("travelling-llama-fawn").

Measures are pixels of the sheet, x to the right and y down; a stitch is `stitch` pixels wide and
`ROW` of that high. What is laid later lies on top and darkens what is beneath it.
"""
