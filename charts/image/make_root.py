#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the root file system of the image: the daemon, the libraries that it loads, the licences of these and of those
that are part of its binary, and a list of them all (SBOM).

    make_root.py BINARY FOLDER

BINARY is where the build put it: BINARY.linked beside it tells what is part of it. Takes the libraries from the Debian
that it runs on. The same input gives the same files, to the byte and to the second: their time is SOURCE_DATE_EPOCH,
or 0."""

import hashlib
import itertools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

from parts import facts_of, libraries_of, linked_packages_of, packages_of

PROGRAM = pathlib.PurePosixPath("/usr/bin/hailo-device-plugin")
# Where the pod's volumes go, and what runtimes mount, because the root is read-only.
FOLDERS = ["dev", "etc/hailo-device-plugin", "etc/kubernetes/node-feature-discovery/features.d",
           "host/dev", "proc", "run", "sys", "tmp", "var/lib/hailo-device-plugin",
           "var/lib/kubelet/device-plugins", "var/lib/kubelet/pod-resources", "var/run/cdi"]
FILES = {
    "etc/passwd": "root:x:0:0:root:/:/sbin/nologin\n",
    "etc/group": "root:x:0:\n",
}


def copy(source, root, place):
    target = root / str(place).lstrip("/")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(os.path.realpath(source), target)
    target.chmod(0o755)
    return target


def place_of(library):
    """Debian's /lib is a link to /usr/lib. Here all are below /lib, where the loader looks too."""
    path = pathlib.PurePosixPath(library)
    return path if path.parts[1] != "usr" else pathlib.PurePosixPath("/", *path.parts[2:])


def licence(root, package):
    text = pathlib.Path("/usr/share/doc") / package / "copyright"
    if text.exists():
        copy(text, root, pathlib.PurePosixPath("/usr/share/doc", package, "copyright")).chmod(0o644)


def id_of(package):
    return "SPDXRef-deb-" + re.sub(r"[^A-Za-z0-9.-]", "-", package["name"])


def spdx(packages, program, version, moment):
    """SPDX 2.3, of packages by how they are linked. No field guesses: what Debian's copyright files say in prose is not
    turned into identifiers."""
    digest = hashlib.sha256(program.read_bytes()).hexdigest()
    own = {"SPDXID": "SPDXRef-daemon", "name": "hailo-device-plugin", "versionInfo": version, "filesAnalyzed": False,
           "downloadLocation": "NOASSERTION", "licenseConcluded": "Apache-2.0", "licenseDeclared": "Apache-2.0",
           "copyrightText": "NOASSERTION", "checksums": [{"algorithm": "SHA256", "checksumValue": digest}]}
    listed = [own] + [{
        "SPDXID": id_of(each),
        "name": each["name"], "versionInfo": each["version"], "filesAnalyzed": False, "downloadLocation": "NOASSERTION",
        "licenseConcluded": "NOASSERTION", "licenseDeclared": "NOASSERTION", "copyrightText": "NOASSERTION",
        "sourceInfo": f"built from the source package {each['source']} {each['source_version']}",
        "supplier": "Organization: Debian",
        "externalRefs": [{"referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                          "referenceLocator": f"pkg:deb/debian/{each['name']}@{each['version'].replace('+', '%2B')}"
                                              f"?arch={each['architecture']}"}],
    } for each in itertools.chain.from_iterable(packages.values())]
    relations = [{"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES",
                  "relatedSpdxElement": own["SPDXID"]}]
    relations += [{"spdxElementId": own["SPDXID"], "relationshipType": how, "relatedSpdxElement": id_of(each)}
                  for how, linked in packages.items() for each in linked]
    return {"spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT",
            "name": "hailo-device-plugin-image", "documentNamespace": f"urn:hailo-device-plugin:{version}:{digest}",
            "creationInfo": {"created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment)),
                             "creators": ["Tool: charts/image/make_root.py"]},
            "packages": listed, "relationships": relations}


def settle(root, moment):
    for path in sorted(root.rglob("*"), reverse=True):
        os.utime(path, (moment, moment), follow_symlinks=False)
    os.utime(root, (moment, moment))


def main(binary, folder):
    root = pathlib.Path(folder)
    moment = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    if root.exists():
        sys.exit(f"make_root: {root} is there already")
    os.umask(0o022)
    for each in FOLDERS:
        (root / each).mkdir(parents=True)
    for path, text in FILES.items():
        (root / path).write_text(text)
    program = copy(binary, root, PROGRAM)
    subprocess.run(["strip", program], check=True)
    libraries = libraries_of(binary)
    for library in libraries:
        copy(library, root, place_of(library))
    packages = {"DYNAMIC_LINK": [facts_of(name) for name in packages_of(libraries)],
                "STATIC_LINK": [facts_of(name) for name in linked_packages_of(binary)]}
    for each in itertools.chain.from_iterable(packages.values()):
        licence(root, each["name"])
    version = re.search(r"version\s*:\s*'([^']+)'", (pathlib.Path(__file__).parents[2] / "meson.build").read_text())[1]
    sbom = root / "usr/share/sbom/hailo-device-plugin.spdx.json"
    sbom.parent.mkdir(parents=True)
    sbom.write_text(json.dumps(spdx(packages, program, version, moment), indent=1) + "\n")
    settle(root, moment)


if __name__ == "__main__":
    main(*sys.argv[1:])
