#!/bin/sh
# Fetches the vendored assets from npm at the pins of package.json and cuts them to what the pages use.
# Run it only to change them: the results and their licences are committed, and SHA256SUMS names each.
# Needs Node, npm and Python; works in a folder of its own and writes only beside this file.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
cp "$here/package.json" "$here/package-lock.json" "$here/.npmrc" "$room"
cd "$room"
npm ci
cp package-lock.json "$here"
python3 -m venv tools
tools/bin/pip install --quiet fonttools==4.60.1 brotli==1.1.0

cp node_modules/htmx.org/dist/htmx.min.js "$here/htmx.min.js"
cp node_modules/htmx.org/dist/ext/hx-sse.min.js "$here/hx-sse.min.js"
cp node_modules/htmx.org/LICENSE "$here/htmx.LICENSE"

# Letters of western Europe in the file that every page loads; the rest of Latin in one that loads when it is met.
western='U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+2013-2014,U+2018-201A,U+201C-201E,U+2022,U+2026,U+2030,U+2032-2033,U+2039-203A,U+20AC,U+2122,U+2190-2193,U+2212,U+2248,U+2260,U+2264-2265'
extended='U+0100-0130,U+0132-0151,U+0154-017F,U+0218-021B,U+1E9E'
# Ids, keys, names of tools and code are ASCII; what else turns up among them is drawn by the next font of the stack.
ascii='U+0020-007E,U+00A0,U+2018-2019,U+201C-201D,U+2026,U+2190-2193,U+2212'
features='kern,liga,calt,ccmp,locl,mark,mkmk,tnum,zero'
cut() { # package, range of the package, characters, name
    files="node_modules/@fontsource-variable/$1/files"
    tools/bin/fonttools varLib.instancer -q "$files/$1-$2-wght-normal.woff2" wght=400:700 -o cut.ttf
    tools/bin/pyftsubset cut.ttf --unicodes="$3" --layout-features="$features" --flavor=woff2 --no-hinting \
        --desubroutinize --output-file="$here/$4.woff2"
}
cut atkinson-hyperlegible-next latin "$western" next
cut atkinson-hyperlegible-next latin-ext "$extended" next-extended
cut atkinson-hyperlegible-mono latin "$ascii" mono
cp node_modules/@fontsource-variable/atkinson-hyperlegible-next/LICENSE "$here/atkinson-hyperlegible-next.LICENSE"
cp node_modules/@fontsource-variable/atkinson-hyperlegible-mono/LICENSE "$here/atkinson-hyperlegible-mono.LICENSE"

# One sprite of the icons that icons.txt names; a name that is not there fails.
python3 - "$here" <<'PYTHON'
import pathlib, re, sys
here = pathlib.Path(sys.argv[1])
symbols = []
for name in (here / "icons.txt").read_text().split():
    text = pathlib.Path(f"node_modules/lucide-static/icons/{name}.svg").read_text()
    inner = re.search(r"<svg[^>]*>(.*)</svg>", text, re.S).group(1)
    inner = re.sub(r"\s*\n\s*", "", inner).replace(" />", "/>").strip()
    symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>')
sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"
(here / "icons.svg").write_text(sprite)
PYTHON
cp node_modules/lucide-static/LICENSE "$here/lucide.LICENSE"

cd "$here"
# Every file ends its last line and none has white space at the end of one, as in the rest of the tree.
for file in *.LICENSE htmx.min.js hx-sse.min.js; do
    sed -i -e 's/[[:space:]]*$//' -e '$a\' "$file"
done
sha256sum ./*.woff2 ./*.svg ./*.js ./*.LICENSE | sed 's|  \./|  |' >SHA256SUMS
