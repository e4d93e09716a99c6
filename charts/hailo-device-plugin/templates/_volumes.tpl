{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{/* Every path is the same in the pod as on the host, so that the daemon's log speaks of places that an operator finds.
     /sys is not here: runtimes give every container the host's, read-only. */}}

{{- define "hailo.volumeMounts" -}}
# The whole folder, not its file: a ConfigMap's new version replaces a link in it.
- name: config
  mountPath: /etc/hailo-device-plugin
  readOnly: true
# kubelet.sock, to register; the daemon's own socket; the kubelet's checkpoint, to know which chips pods hold. The whole
# folder: a restarted kubelet makes another kubelet.sock.
- name: device-plugins
  mountPath: {{ .Values.devicePluginsDirectory }}
{{- if eq (include "hailo.registration" .) "watcher" }}
# The daemon's socket, where the kubelet's plugin watcher looks.
- name: plugins-registry
  mountPath: {{ .Values.kubeletDirectory }}/plugins_registry
{{- end }}
# To ask the kubelet which pod holds which chip. Connecting needs no writable folder.
- name: pod-resources
  mountPath: {{ .Values.kubeletDirectory }}/pod-resources
  readOnly: true
# The CDI file that container runtimes read.
- name: cdi
  mountPath: {{ .Values.cdiDirectory }}
# Links by address and class views, which runtimes mount into containers, also after a reboot.
- name: state
  mountPath: {{ .Values.stateDirectory }}
{{- if .Values.nfd.featureFile }}
# The feature file that NFD's worker reads.
- name: features
  mountPath: {{ .Values.nfd.featuresDirectory }}
{{- end }}
{{- if .Values.hostDev }}
# To look at device nodes. The device cgroup lets nobody here open one.
- name: dev
  mountPath: /host/dev
  readOnly: true
{{- end }}
{{- range $index, $folder := .Values.hostFolders }}
# To see whether what config.container names is there.
- name: host-folder-{{ $index }}
  mountPath: {{ $folder }}
  readOnly: true
{{- end }}
{{- end }}

{{- define "hailo.volumes" -}}
- name: config
  configMap:
    name: {{ include "hailo.fullname" . }}
# Type Directory: with a wrong folder the pod does not start, and its events say why.
- name: device-plugins
  hostPath: {path: {{ .Values.devicePluginsDirectory }}, type: Directory}
{{- if eq (include "hailo.registration" .) "watcher" }}
- name: plugins-registry
  hostPath: {path: {{ .Values.kubeletDirectory }}/plugins_registry, type: Directory}
{{- end }}
- name: pod-resources
  hostPath: {path: {{ .Values.kubeletDirectory }}/pod-resources, type: DirectoryOrCreate}
- name: cdi
  hostPath: {path: {{ .Values.cdiDirectory }}, type: DirectoryOrCreate}
- name: state
  hostPath: {path: {{ .Values.stateDirectory }}, type: DirectoryOrCreate}
{{- if .Values.nfd.featureFile }}
- name: features
  hostPath: {path: {{ .Values.nfd.featuresDirectory }}, type: DirectoryOrCreate}
{{- end }}
{{- if .Values.hostDev }}
- name: dev
  hostPath: {path: /dev, type: Directory}
{{- end }}
{{- range $index, $folder := .Values.hostFolders }}
- name: host-folder-{{ $index }}
  hostPath: {path: {{ $folder }}, type: Directory}
{{- end }}
{{- end }}
