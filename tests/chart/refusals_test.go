// SPDX-License-Identifier: Apache-2.0

package chart

import (
	"strings"
	"testing"
)

func expectRefusal(t *testing.T, values string, cluster Cluster, words ...string) {
	t.Helper()
	_, err := Render(valuesOf(t, values), cluster)
	if err == nil {
		t.Errorf("%s is taken", values)
		return
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("%s: the refusal lacks %q: %v", values, word, err)
		}
	}
}

func TestRefusalsNameTheValueThatTheSchemaDoesNotKnow(t *testing.T) {
	expectRefusal(t, "hostNetwork: true", fullCluster, "hostNetwork")
	expectRefusal(t, "image: {repo: x}", fullCluster, "image", "repo")
	expectRefusal(t, "config: {log: {levle: debug}}", fullCluster, "config", "log", "levle")
	expectRefusal(t, "config: {resources: [{name: hailo.ai/h8, select: {model: [hailo-8]}}]}", fullCluster, "select", "model")
	expectRefusal(t, "config: {container: {mounts: [{hosts: /a}]}}", fullCluster, "mounts", "hosts")
	expectRefusal(t, "serviceMonitor: {enable: true}", fullCluster, "serviceMonitor", "enable")
	expectRefusal(t, "probes: {liveness: {path: /}}", fullCluster, "probes", "liveness", "path")
}

// What the chart sets by itself would be overwritten without a word.
func TestRefusalsNameSettingsThatFollowFromThePod(t *testing.T) {
	for section, key := range map[string]string{
		"kubelet":  "directory",
		"cdi":      "directory",
		"state":    "directory",
		"hardware": "uevents",
		"http":     "listen",
	} {
		expectRefusal(t, "config: {"+section+": {"+key+": x}}", fullCluster, "config", section)
	}
}

func TestRefusalsNameTheValueOfAWrongType(t *testing.T) {
	expectRefusal(t, "image: name", fullCluster, "image")
	expectRefusal(t, "hostDev: \"true\"", fullCluster, "hostDev")
	expectRefusal(t, "tolerations: {operator: Exists}", fullCluster, "tolerations")
	expectRefusal(t, "nodeLabels: hailo.ai/device.present", fullCluster, "nodeLabels")
	expectRefusal(t, "podAnnotations: {number: 1}", fullCluster, "podAnnotations", "number")
	expectRefusal(t, "http: {port: \"9460\"}", fullCluster, "http", "port")
	expectRefusal(t, "http: {port: 80}", fullCluster, "http", "port")
	expectRefusal(t, "simulation: {devices: -1}", fullCluster, "simulation", "devices")
	expectRefusal(t, "simulation: {devices: 1025}", fullCluster, "simulation", "devices")
	expectRefusal(t, "config: {health: {interval: 1.5}}", fullCluster, "health", "interval")
	expectRefusal(t, "config: {container: {node-mode: 432}}", fullCluster, "container", "node-mode")
	expectRefusal(t, "nfd: {featureFile: \"yes\"}", fullCluster, "nfd", "featureFile")
	expectRefusal(t, "nfd: {featuresDirectory: features.d}", fullCluster, "nfd", "featuresDirectory")
	expectRefusal(t, "kubeletDirectory: var/lib/kubelet", fullCluster, "kubeletDirectory")
	expectRefusal(t, "kubeletDirectory: /var/lib/kubelet/", fullCluster, "kubeletDirectory")
	expectRefusal(t, "updateStrategy: {maxUnavailable: 0}", fullCluster, "updateStrategy", "maxUnavailable")
	expectRefusal(t, "updateStrategy: {type: Recreate}", fullCluster, "updateStrategy", "type")
	expectRefusal(t, "image: {digest: latest}", fullCluster, "image", "digest")
	expectRefusal(t, "serviceMonitor: {interval: soon}", fullCluster, "serviceMonitor", "interval")
}

func TestRefusalsNameTheListThatMustNotBeEmpty(t *testing.T) {
	expectRefusal(t, "config: {resources: []}", fullCluster, "config", "resources")
	expectRefusal(t, "config: {handover: []}", fullCluster, "config", "handover")
	expectRefusal(t, "config: {resources: [{name: hailo.ai/h8, select: {models: []}}]}", fullCluster, "models")
	expectRefusal(t, "config: {resources: [{select: {models: [hailo-8]}}]}", fullCluster, "name")
}

func TestRefusalsNameTheValuesThatExcludeEachOther(t *testing.T) {
	expectRefusal(t, "affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: []}}}",
		fullCluster, "affinity.nodeAffinity needs nodeLabels: []")
	expectRefusal(t, "config: {simulate: {numa-nodes: [0]}}", fullCluster, "config.simulate needs simulation.enabled")
	expectRefusal(t, "prometheusRule: {enabled: true, disabled: [HailoDown]}", fullCluster,
		"prometheusRule.disabled", "HailoDown", "HailoDevicePluginDown")
	expectRefusal(t, "config: {resources: [{name: hailo.ai/h8}, {name: hailo.ai/h8}]}", fullCluster,
		"config.resources names hailo.ai/h8 twice")
	expectRefusal(t, "{kubeletDirectory: /x, stateDirectory: /x/pod-resources}", fullCluster,
		"stateDirectory: /x/pod-resources is already the place of kubeletDirectory")
	expectRefusal(t, "{simulation: {enabled: true}, nfd: {featureFile: true}}", fullCluster,
		"simulation.enabled and nfd.featureFile")
	expectRefusal(t, "nfd: {featureFile: true, featuresDirectory: /var/run/cdi}", fullCluster,
		"nfd.featuresDirectory: /var/run/cdi is already the place of cdiDirectory")
	rendered(t, valuesOf(t, "nfd: {featuresDirectory: /var/run/cdi}"), fullCluster)
	expectRefusal(t, "hostFolders: [/var/lib/kubelet/device-plugins]", fullCluster, "hostFolders", "devicePluginsDirectory")
}

func TestRefusalsNameTheFolderThatTheDaemonCannotSee(t *testing.T) {
	expectRefusal(t, "config: {container: {hailort-library: /opt/hailort}}", fullCluster,
		"config.container.hailort-library", "/opt/hailort", "hostFolders")
	expectRefusal(t, "config: {container: {mounts: [{host: /srv/modelsets, container: /m}]}}\nhostFolders: [/srv/models]",
		fullCluster, "config.container.mounts[0]", "/srv/modelsets", "hostFolders")
	rendered(t, valuesOf(t, "config: {container: {monitor-directory: /tmp/hmon/files}}\nhostFolders: [/tmp/hmon]"), fullCluster)
}

func TestRefusalsNameTheValueThatNeedsWhatTheClusterLacks(t *testing.T) {
	for _, name := range []string{"serviceMonitor", "podMonitor", "prometheusRule"} {
		expectRefusal(t, name+": {enabled: true}", plainCluster, name+".enabled needs monitoring.coreos.com/v1", "--api-versions")
	}
	expectRefusal(t, "nfd: {nodeFeatureRule: true}", plainCluster, "nfd.nodeFeatureRule needs nfd.k8s-sigs.io/v1alpha1")
}

// Clusters name the kinds, too; helm template gets what the user writes.
func TestRefusalsDoNotComeWhereTheClusterNamesTheKind(t *testing.T) {
	cluster := Cluster{"v1.33.0", []string{"monitoring.coreos.com/v1/PodMonitor"}}
	rendered(t, valuesOf(t, "podMonitor: {enabled: true}"), cluster)
	expectRefusal(t, "prometheusRule: {enabled: true}", cluster, "prometheusRule.enabled")
}

func TestRefusalsNameTheVersionThatIsTooOld(t *testing.T) {
	expectRefusal(t, "", Cluster{Version: "v1.25.16"}, "kubeVersion", ">=1.26", "1.25.16")
	expectRefusal(t, "config: {handover: [cdi-cri]}", Cluster{Version: "v1.28.15"}, "config.handover", "1.29", "v1.28.15")
	for _, version := range []string{"v1.26.0", "v1.28.15+k3s1", "v1.31.4-eks-2d5f260", "v1.37.0"} {
		rendered(t, nil, Cluster{Version: version})
	}
	rendered(t, valuesOf(t, "config: {handover: [cdi-cri]}"), Cluster{Version: "v1.29.1-gke.100"})
}
