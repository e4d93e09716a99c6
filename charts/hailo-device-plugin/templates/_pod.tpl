{{/* SPDX-License-Identifier: Apache-2.0 */}}

{{- define "hailo.scheduling" -}}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.runtimeClassName }}
runtimeClassName: {{ . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with include "hailo.affinity" . | fromYaml }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{/* Any of the labels will do. Simulated chips are on all nodes. */}}
{{- define "hailo.affinity" -}}
{{- $affinity := deepCopy .Values.affinity -}}
{{- if and .Values.nodeLabels (not .Values.simulation.enabled) -}}
{{- $terms := list -}}
{{- range .Values.nodeLabels -}}
{{- $expression := dict "key" . "operator" "In" "values" (list "true") -}}
{{- $terms = append $terms (dict "matchExpressions" (list $expression)) -}}
{{- end -}}
{{- $required := dict "requiredDuringSchedulingIgnoredDuringExecution" (dict "nodeSelectorTerms" $terms) -}}
{{- $_ := set $affinity "nodeAffinity" $required -}}
{{- end -}}
{{- toYaml $affinity -}}
{{- end }}

{{/* uid 0, because the kubelet's folders and sockets are root's, and nothing else of root. */}}
{{- define "hailo.securityContext" -}}
securityContext:
  runAsUser: 0
  runAsGroup: 0
  privileged: false
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
  seccompProfile:
    type: RuntimeDefault
  {{- with .Values.seLinuxType }}
  seLinuxOptions:
    type: {{ . }}
  {{- end }}
{{- end }}

{{- define "hailo.http" -}}
ports:
  - name: http
    containerPort: {{ .Values.http.port }}
startupProbe:
  httpGet: {path: /healthz, port: http}
  {{- toYaml .Values.probes.startup | nindent 2 }}
livenessProbe:
  httpGet: {path: /healthz, port: http}
  {{- toYaml .Values.probes.liveness | nindent 2 }}
readinessProbe:
  httpGet: {path: /readyz, port: http}
  {{- toYaml .Values.probes.readiness | nindent 2 }}
{{- end }}
