{{/* SPDX-License-Identifier: Apache-2.0 */}}
{{/* Pairs of values that cannot be. What a single value may be stands in values.schema.json. */}}

{{- define "hailo.checks" -}}
{{- include "hailo.checkHttp" . -}}
{{- include "hailo.checkApis" . -}}
{{- include "hailo.checkPods" . -}}
{{- include "hailo.checkHandover" . -}}
{{- include "hailo.checkHostFolders" . -}}
{{- include "hailo.checkResources" . -}}
{{- include "hailo.checkMounts" . -}}
{{- end }}

{{- define "hailo.checkResources" -}}
{{- $seen := list -}}
{{- range include "hailo.resourceNames" . | fromJsonArray -}}
{{- if has . $seen -}}
{{- fail (printf "config.resources names %s twice" .) -}}
{{- end -}}
{{- $seen = append $seen . -}}
{{- end -}}
{{- end }}

{{/* Two volumes cannot have one place. */}}
{{- define "hailo.checkMounts" -}}
{{- $seen := dict "/etc/hailo-device-plugin" "the configuration" "/host/dev" "hostDev" "/sys" "sysfs" -}}
{{- $_ := set $seen .Values.devicePluginsDirectory "devicePluginsDirectory" -}}
{{- range list "plugins_registry" "pod-resources" -}}
{{- $_ := set $seen (printf "%s/%s" $.Values.kubeletDirectory .) "kubeletDirectory" -}}
{{- end -}}
{{- $folders := list (list "cdiDirectory" .Values.cdiDirectory) (list "stateDirectory" .Values.stateDirectory) -}}
{{- if .Values.nfd.featureFile -}}
{{- $folders = append $folders (list "nfd.featuresDirectory" .Values.nfd.featuresDirectory) -}}
{{- end -}}
{{- range .Values.hostFolders -}}
{{- $folders = append $folders (list "hostFolders" .) -}}
{{- end -}}
{{- range $folders -}}
{{- $name := index . 0 -}}
{{- $path := index . 1 -}}
{{- if hasKey $seen $path -}}
{{- fail (printf "%s: %s is already the place of %s" $name $path (get $seen $path)) -}}
{{- end -}}
{{- $_ := set $seen $path $name -}}
{{- end -}}
{{- end }}

{{- define "hailo.checkHttp" -}}
{{- if not .Values.http.enabled -}}
{{- range $name := list "service" "serviceMonitor" "podMonitor" "prometheusRule" "grafanaDashboard" -}}
{{- if (index $.Values $name).enabled -}}
{{- fail (printf "%s.enabled needs http.enabled: without http there are no metrics" $name) -}}
{{- end -}}
{{- end -}}
{{- if .Values.networkPolicy.from -}}
{{- fail "networkPolicy.from needs http.enabled: without http there is no port to let anybody in" -}}
{{- end -}}
{{- end -}}
{{- if and .Values.serviceMonitor.enabled .Values.podMonitor.enabled -}}
{{- fail "serviceMonitor.enabled and podMonitor.enabled: each chip would be counted twice; enable one" -}}
{{- end -}}
{{- end }}

{{- define "hailo.checkApis" -}}
{{- $kinds := dict "serviceMonitor" "ServiceMonitor" "podMonitor" "PodMonitor" "prometheusRule" "PrometheusRule" -}}
{{- range $name, $kind := $kinds -}}
{{- if (index $.Values $name).enabled -}}
{{- include "hailo.needApi" (list $ (printf "%s.enabled" $name) "monitoring.coreos.com/v1" $kind "the Prometheus operator") -}}
{{- end -}}
{{- end -}}
{{- if .Values.nfd.nodeFeatureRule -}}
{{- include "hailo.needApi" (list . "nfd.nodeFeatureRule" "nfd.k8s-sigs.io/v1alpha1" "NodeFeatureRule" "node-feature-discovery") -}}
{{- end -}}
{{- end }}

{{/* Give (list $ VALUE GROUP KIND OWNER). Clusters name kinds too; people who render without one give the group. */}}
{{- define "hailo.needApi" -}}
{{- $apis := (index . 0).Capabilities.APIVersions -}}
{{- $group := index . 2 -}}
{{- if not (or ($apis.Has $group) ($apis.Has (printf "%s/%s" $group (index . 3)))) -}}
{{- fail (printf "%s needs %s, of %s, which this cluster lacks (without a cluster: --api-versions %s)" (index . 1) $group (index . 4) $group) -}}
{{- end -}}
{{- end }}

{{- define "hailo.checkPods" -}}
{{- if and .Values.nodeLabels .Values.affinity.nodeAffinity -}}
{{- fail "affinity.nodeAffinity needs nodeLabels: []: the two would exclude each other" -}}
{{- end -}}
{{- if and .Values.config.simulate (not .Values.simulation.enabled) -}}
{{- fail "config.simulate needs simulation.enabled: it describes the chips that are simulated" -}}
{{- end -}}
{{- if and .Values.simulation.enabled .Values.nfd.nodeFeatureRule -}}
{{- fail "simulation.enabled and nfd.nodeFeatureRule: simulated chips have no PCI function that a label could tell of" -}}
{{- end -}}
{{- if and .Values.simulation.enabled .Values.nfd.featureFile -}}
{{- fail "simulation.enabled and nfd.featureFile: the daemon writes no labels for simulated chips, which would outlive the simulation" -}}
{{- end -}}
{{- end }}

{{- define "hailo.checkHandover" -}}
{{- $old := semverCompare "<1.29.0-0" .Capabilities.KubeVersion.Version -}}
{{- if and $old (eq (join "," .Values.config.handover) "cdi-cri") -}}
{{- fail (printf "config.handover: [cdi-cri] alone needs Kubernetes 1.29, and this is %s, whose kubelets drop it; add device-specs or cdi-annotations" .Capabilities.KubeVersion.Version) -}}
{{- end -}}
{{- end }}

{{/* The daemon leaves out what it cannot see, and a container would lack it without a word. */}}
{{- define "hailo.checkHostFolders" -}}
{{- range $setting, $path := include "hailo.containerFolders" . | fromJson -}}
{{- $seen := false -}}
{{- range $.Values.hostFolders -}}
{{- if or (eq $path .) (hasPrefix (printf "%s/" (trimSuffix "/" .)) $path) -}}
{{- $seen = true -}}
{{- end -}}
{{- end -}}
{{- if not $seen -}}
{{- fail (printf "%s: the daemon cannot see %s; add it, or a folder above it, to hostFolders" $setting $path) -}}
{{- end -}}
{{- end -}}
{{- end }}
