# SPDX-License-Identifier: Apache-2.0
# The daemon and the libraries that it loads, and nothing else: no shell, no package manager. For amd64 and arm64:
#
#   podman build --tag localhost/hailo-device-plugin:0.1.0 .
#   docker buildx build --platform linux/amd64,linux/arm64 --tag REGISTRY/hailo-device-plugin:0.1.0 --push .

FROM docker.io/library/debian:12 AS build
# Moments in the image are this one, so that the same source gives the same files.
ARG SOURCE_DATE_EPOCH=0
ENV SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH} DEBIAN_FRONTEND=noninteractive
# Those of ./dev that a build needs.
RUN apt-get update && apt-get install --yes --no-install-recommends \
        g++ meson ninja-build pkg-config protobuf-compiler protobuf-compiler-grpc \
        libboost1.81-dev libcli11-dev libfmt-dev libgrpc++-dev libprotobuf-dev libspdlog-dev libudev-dev libyaml-cpp-dev \
        nlohmann-json3-dev
COPY . /src
WORKDIR /src
RUN meson setup /build -Dbuildtype=release -Db_lto=true -Dtests=disabled -Dsystemd=disabled -Ddbus=disabled \
        -Dcpp_args=-ffile-prefix-map=/src=. \
    && ninja -C /build daemon/hailo-device-plugin \
    && python3 charts/image/make_root.py /build/daemon/hailo-device-plugin /image

FROM scratch
ARG VERSION=0.1.0
LABEL org.opencontainers.image.title="hailo-device-plugin" \
      org.opencontainers.image.description="Makes the Hailo AI accelerators of a node usable by containers" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.base.name="scratch"
COPY --from=build /image /
# uid 0 for the kubelet's folders and sockets, which are root's; the chart takes every capability away.
USER 0:0
ENTRYPOINT ["/usr/bin/hailo-device-plugin"]
