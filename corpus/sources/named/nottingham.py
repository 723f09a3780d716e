"""The Nottingham Music Database: British and American dance tunes with chords, as found."""

from tuneloom.corpus.license import license_named
from tuneloom.corpus.sources.kinds.pinned import PinnedSource

__all__ = ["NOTTINGHAM"]

NOTTINGHAM = PinnedSource(
    name="nottingham",
    title="Nottingham Music Database",
    license=license_named("GPL-3.0-only"),
    citation="Eric Foxley, Nottingham Music Database; converted to ABC by James Allwright with "
    "Jay Glanville's NMD2ABC, edited by Seymour Shlien; collected by Jukedeck, 2017",
    homepage="https://github.com/jukedeck/nottingham-dataset",
    languages=("en",),
    url="https://raw.githubusercontent.com/jukedeck/nottingham-dataset/"
    "0992bb6cd864f6d4b90d6663e08c0ef53ffaa08f/ABC_original",
    folder="nottingham/ABC_original",
    bytes=452_499,
    checksums={
        "ashover.abc": "60718dddd70489e627f43c4fd35eb8d53710bfff4a852cb52288852c0e1217e5",
        "hpps.abc": "08c6d866ff240754269ccbd17b7248cb36268ee98e4d72a78c6fc943dcfd28d6",
        "jigs.abc": "15e09bb61576eae45c4dafa7519b3b3494214d018348d145e679d323ab393a19",
        "morris.abc": "89d408d5c1685bebd005a65903e51c48c84cc765be91c6f86771b93a60a2acb2",
        "playford.abc": "502d9b3e58fe2832706685aa5f15f29162c8c78e855f9e1846a198b209f053c1",
        "reelsa-c.abc": "eab7237b9485c6353549cad4a7897a371fbdd36a68788bda51a05d54864fdbb4",
        "reelsd-g.abc": "913e032ae40ee85efeb2c8ef9699501e0a5c08b7db906ad3d3fd8b5015406c55",
        "reelsh-l.abc": "a161c193515e2dc485445793a197c082f2ba9004106fc3038708529c0e5305ef",
        "reelsm-q.abc": "57ae97b0647a7562b13f8e8722a5264e8eb3aea4ca76a3e0a8230b964dc78787",
        "reelsr-t.abc": "d2defab5de1d259ff6b286405805caeb383222a5b2a09fff89003f9a093d5b41",
        "reelsu-z.abc": "48fe1255405da036f695854694f2bad6b1104054f531d2d066f345725e5fa18c",
        "slip.abc": "1d507fb33ee50c0157f2e224f4f2e61ebce0d650981c1bd0b3f473ab093aeea7",
        "waltzes.abc": "dc0a5f157c4c98801a99603c05066515b8a35ebc35e054820b622ec10316ceec",
        "xmas.abc": "76e5997ed7a90600394af164034c89306537bb1649be243d86c2381704bce21c",
    },
)
