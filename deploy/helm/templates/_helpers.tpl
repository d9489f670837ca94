{{- /* (list . component): what selects the pods of one Deployment */ -}}
{{- define "pump.selector" -}}
{{- $ := index . 0 -}}
app.kubernetes.io/name: {{ $.Chart.Name }}
app.kubernetes.io/instance: {{ $.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- /* (list . component): what every object is found by */ -}}
{{- define "pump.labels" -}}
{{- $ := index . 0 -}}
{{ include "pump.selector" . }}
app.kubernetes.io/version: {{ $.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $.Release.Service }}
helm.sh/chart: {{ $.Chart.Name }}-{{ $.Chart.Version }}
{{- end }}

{{- /* (list . component): of the pods of one Deployment, or of the migration */ -}}
{{- define "pump.podMetadata" -}}
{{- with (index . 0).Values.pod.annotations -}}
annotations: {{- toYaml . | nindent 2 }}
{{ end -}}
labels: {{- include "pump.labels" . | nindent 2 }}
{{- end }}

{{- /* A list of groups with env and secretEnv, of which later ones win */ -}}
{{- define "pump.env" -}}
{{- $env := dict -}}
{{- range . -}}
{{- range $name, $value := .env -}}
{{- $_ := set $env $name (dict "value" (toString $value)) -}}
{{- end -}}
{{- range $name, $key := .secretEnv -}}
{{- $_ := set $env $name (dict "valueFrom" (dict "secretKeyRef" (dict "name" $key.name "key" $key.key))) -}}
{{- end -}}
{{- end -}}
{{- range $name, $value := $env }}
- name: {{ $name }}
  {{- toYaml $value | nindent 2 }}
{{- end }}
{{- end }}

{{- define "pump.image" -}}
image: "{{ .Values.image.repository }}{{ with .Values.image.digest }}@{{ . }}{{ else }}:{{ .Values.image.tag | default .Chart.AppVersion }}{{ end }}"
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  readOnlyRootFilesystem: true
  allowPrivilegeEscalation: false
  capabilities: { drop: [ALL] }
volumeMounts:
  - { name: tmp, mountPath: /tmp }
  {{- with .Values.pod.volumeMounts }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}

{{- /* No pod talks to Kubernetes, so none needs a service account. */ -}}
{{- define "pump.pod" -}}
automountServiceAccountToken: false
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  seccompProfile: { type: RuntimeDefault }
volumes:
  - { name: tmp, emptyDir: {} }
  {{- with .Values.pod.volumes }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.pod.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.pod.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.pod.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}

{{- /* Where a pod may go: names, and the ports of the servers that it uses */ -}}
{{- define "pump.egress" -}}
- ports:
    - { port: 53, protocol: UDP }
    - { port: 53, protocol: TCP }
- ports:
    {{- range .Values.networkPolicy.egressPorts }}
    - { port: {{ . }} }
    {{- end }}
  to:
    - namespaceSelector: {} # servers in this cluster: some networks take an ipBlock for what is outside of it alone
    - ipBlock: { cidr: 0.0.0.0/0, except: [169.254.0.0/16] } # where clouds hand out credentials of a machine
    - ipBlock: { cidr: "::/0" }
{{- end }}

{{- /* (list . component): one pod a node where there is room, and one away at a time */ -}}
{{- define "pump.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "pump.selector" . | nindent 8 }}
{{- end }}

{{- define "pump.disruptionBudget" -}}
{{- $ := index . 0 -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ $.Release.Name }}-{{ index . 1 }}
  labels: {{- include "pump.labels" . | nindent 4 }}
spec:
  maxUnavailable: 1
  selector:
    matchLabels: {{- include "pump.selector" . | nindent 6 }}
{{- end }}
