{{/* SPDX-License-Identifier: Apache-2.0 */}}

{{/* "0.0.0.0:9460", "[::]:9460" */}}
{{- define "hailo.listen" -}}
{{- if contains ":" .Values.http.address -}}
{{- printf "[%s]:%d" .Values.http.address (int .Values.http.port) -}}
{{- else -}}
{{- printf "%s:%d" .Values.http.address (int .Values.http.port) -}}
{{- end -}}
{{- end }}

{{/* The daemon's file: the user's settings and what follows from the pod. A pod hears the kernel's uevents only, and sees
     no device nodes of the host unless they are mounted. */}}
{{- define "hailo.config" -}}
{{- $kubelet := dict
      "directory" .Values.devicePluginsDirectory
      "plugins-registry" (printf "%s/plugins_registry" .Values.kubeletDirectory)
      "pod-resources-socket" (printf "%s/pod-resources/kubelet.sock" .Values.kubeletDirectory) -}}
{{- $hardware := dict
      "uevents" "kernel"
      "sys-root" "/sys"
      "dev-root" (ternary "/host/dev" "" .Values.hostDev) -}}
{{- $fixed := dict
      "kubelet" $kubelet
      "hardware" $hardware
      "cdi" (dict "directory" .Values.cdiDirectory)
      "state" (dict "directory" .Values.stateDirectory) -}}
{{- if .Values.http.enabled -}}
{{- $_ := set $fixed "http" (dict "listen" (include "hailo.listen" .)) -}}
{{- end -}}
{{- if .Values.nfd.featureFile -}}
{{- $_ := set $fixed "nfd" (dict "directory" .Values.nfd.featuresDirectory) -}}
{{- end -}}
{{- if .Values.simulation.enabled -}}
{{- $_ := set $fixed "simulate" (dict "enabled" true "count" .Values.simulation.devices) -}}
{{- end -}}
{{- toYaml (mergeOverwrite (deepCopy .Values.config) $fixed) -}}
{{- end }}

{{/* Resources that pods ask for, as a JSON list of names. */}}
{{- define "hailo.resourceNames" -}}
{{- $names := list -}}
{{- range .Values.config.resources -}}
{{- $names = append $names .name -}}
{{- end -}}
{{- $names | default (list "hailo.ai/device") | toJson -}}
{{- end }}

{{- define "hailo.registration" -}}
{{- dig "kubelet" "registration" "register" .Values.config -}}
{{- end }}

{{/* Folders of the host that settings of config.container speak of, as a JSON map from setting to folder. */}}
{{- define "hailo.containerFolders" -}}
{{- $folders := dict -}}
{{- $container := .Values.config.container | default dict -}}
{{- range $index, $mount := $container.mounts -}}
{{- $_ := set $folders (printf "config.container.mounts[%d]" $index) $mount.host -}}
{{- end -}}
{{- range $key := list "hailort-library" "monitor-directory" -}}
{{- with index $container $key -}}
{{- $_ := set $folders (printf "config.container.%s" $key) . -}}
{{- end -}}
{{- end -}}
{{- toJson $folders -}}
{{- end }}
