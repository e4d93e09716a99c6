{{/* SPDX-License-Identifier: Apache-2.0 */}}

{{/* One endpoint of a ServiceMonitor or PodMonitor; give its values. */}}
{{- define "hailo.endpoint" -}}
port: http
path: /metrics
interval: {{ .interval }}
{{- with .scrapeTimeout }}
scrapeTimeout: {{ . }}
{{- end }}
relabelings:
  - sourceLabels: [__meta_kubernetes_pod_node_name]
    targetLabel: node
  {{- with .relabelings }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .metricRelabelings }}
metricRelabelings: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* The groups of files/alerts.yaml without those that are disabled, as YAML. */}}
{{- define "hailo.alertGroups" -}}
{{- $rule := .Values.prometheusRule -}}
{{- $known := list -}}
{{- $groups := list -}}
{{- range (.Files.Get "files/alerts.yaml" | fromYaml).groups -}}
{{- $rules := list -}}
{{- range .rules -}}
{{- $known = append $known .alert -}}
{{- if not (has .alert $rule.disabled) -}}
{{- $rules = append $rules (merge (dict "labels" (merge (dict) $rule.alertLabels .labels)) .) -}}
{{- end -}}
{{- end -}}
{{- with $rules -}}
{{- $groups = append $groups (dict "name" "hailo-device-plugin" "rules" .) -}}
{{- end -}}
{{- end -}}
{{- range $rule.disabled -}}
{{- if not (has . $known) -}}
{{- fail (printf "prometheusRule.disabled: no alert is called %s; there are %s" . (join ", " $known)) -}}
{{- end -}}
{{- end -}}
{{- toYaml $groups -}}
{{- end }}
