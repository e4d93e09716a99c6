{{/* SPDX-License-Identifier: Apache-2.0 */}}

{{- define "hailo.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end }}

{{/* Name of all objects. DaemonSets put their name into a label and a suffix behind it into pod names. */}}
{{- define "hailo.fullname" -}}
{{- $name := include "hailo.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end }}

{{/* What selects the pods; must never change for a release. */}}
{{- define "hailo.selectorLabels" -}}
app.kubernetes.io/name: {{ include "hailo.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "hailo.labels" -}}
{{- $own := dict
      "app.kubernetes.io/name" (include "hailo.name" .)
      "app.kubernetes.io/instance" .Release.Name
      "app.kubernetes.io/version" .Chart.AppVersion
      "app.kubernetes.io/managed-by" .Release.Service
      "helm.sh/chart" (printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-") -}}
{{- toYaml (merge $own .Values.commonLabels) -}}
{{- end }}

{{/* "metadata" of an object; give (list $ LABELS ANNOTATIONS). */}}
{{- define "hailo.metadata" -}}
{{- $root := index . 0 -}}
metadata:
  name: {{ include "hailo.fullname" $root }}
  namespace: {{ $root.Release.Namespace }}
  labels:
    {{- include "hailo.labels" $root | nindent 4 }}
    {{- with index . 1 }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with index . 2 }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{- define "hailo.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "hailo.fullname" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end }}

{{- define "hailo.image" -}}
{{- $tag := .Values.image.tag | default .Chart.AppVersion -}}
{{- .Values.image.repository }}:{{ $tag }}{{ with .Values.image.digest }}@{{ . }}{{ end -}}
{{- end }}
