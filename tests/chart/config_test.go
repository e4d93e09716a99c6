// SPDX-License-Identifier: Apache-2.0

package chart

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chartutil"
	corev1 "k8s.io/api/core/v1"
)

// Settings that the chart gives the daemon by itself.
var fixedSettings = []string{"kubelet.directory", "kubelet.plugins-registry", "kubelet.pod-resources-socket", "cdi.directory",
	"state.directory", "nfd.directory", "hardware.uevents", "hardware.sys-root", "hardware.dev-root", "http.listen", "simulate.enabled",
	"simulate.count", "simulate.node-name"}

// Settings that make no sense in a pod, and why.
var settingsWithoutUse = map[string]string{
	"dbus.enabled":      "a pod has no system bus, and auto finds none",
	"hardware.identify": "opens device nodes, which the device cgroup of a pod forbids",
}

// daemonSettings are the keys in the table of docs/configuration.md, which is compared with the daemon elsewhere.
func daemonSettings(t *testing.T) map[string]bool {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(SourceRoot(), "docs", "configuration.md"))
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z.-]+)` \\| `--").FindAllStringSubmatch(string(text), -1) {
		keys[row[1]] = true
	}
	if !keys["resources"] {
		t.Fatal("docs/configuration.md has no table of settings")
	}
	return keys
}

// chartSettings are the keys of config that values.schema.json knows.
func chartSettings(t *testing.T) map[string]bool {
	t.Helper()
	type node struct {
		Properties map[string]json.RawMessage
	}
	read := func(raw []byte) (found node) {
		if err := json.Unmarshal(raw, &found); err != nil {
			t.Fatal(err)
		}
		return found
	}
	text, err := os.ReadFile(filepath.Join(chartFolder(), "values.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	for section, raw := range read(read(text).Properties["config"]).Properties {
		settings := read(raw).Properties
		if len(settings) == 0 {
			keys[section] = true
		}
		for setting := range settings {
			keys[section+"."+setting] = true
		}
	}
	return keys
}

func TestConfigMayHoldEachSettingOfTheDaemon(t *testing.T) {
	known := chartSettings(t)
	for _, key := range fixedSettings {
		if known[key] {
			t.Errorf("%s is both the chart's and the user's", key)
		}
		known[key] = true
	}
	for key := range daemonSettings(t) {
		if !known[key] && settingsWithoutUse[key] == "" {
			t.Errorf("%s: the daemon has this setting and the chart refuses it; add it to config in values.schema.json, or "+
				"say in config_test.go why pods have no use for it", key)
		}
	}
}

func configFile(t *testing.T, values map[string]any) string {
	t.Helper()
	for _, object := range rendered(t, values, fullCluster) {
		if found, ok := object.(*corev1.ConfigMap); ok && found.Data["config.yaml"] != "" {
			return found.Data["config.yaml"]
		}
	}
	t.Fatal("no ConfigMap with config.yaml")
	return ""
}

func TestConfigOfEachValuesFileIsWhatTheDaemonTakes(t *testing.T) {
	daemon := os.Getenv("HDP_DAEMON")
	if daemon == "" {
		t.Fatal("HDP_DAEMON does not name the daemon")
	}
	for _, file := range valuesFiles(t) {
		values, err := chartutil.ReadValuesFile(file)
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "config.yaml")
		text := configFile(t, values)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		if output, err := exec.Command(daemon, "config", "--config", path).CombinedOutput(); err != nil {
			t.Errorf("%s: %s\n%s", filepath.Base(file), output, text)
		}
	}
}

func TestConfigOfTheUserAndOfTheChartComeTogether(t *testing.T) {
	text := configFile(t, valuesOf(t, "kubeletDirectory: /var/lib/k0s/kubelet\n"+
		"config: {kubelet: {tombstone-grace: 1000000}, cdi: {kind: hailo.ai/npu}}\nhttp: {address: \"::\"}"))
	for _, line := range []string{
		"directory: /var/lib/kubelet/device-plugins", "tombstone-grace: 1000000", "kind: hailo.ai/npu",
		"directory: /var/run/cdi", "listen: '[::]:", "pod-resources-socket: /var/lib/k0s/kubelet/pod-resources/kubelet.sock",
	} {
		if !strings.Contains(text, line) {
			t.Errorf("%q is not in\n%s", line, text)
		}
	}
}

func TestConfigHasAFeatureFileOnlyWhenItsFolderIsMounted(t *testing.T) {
	if text := configFile(t, nil); strings.Contains(text, "nfd:") {
		t.Error(text)
	}
	text := configFile(t, valuesOf(t, "nfd: {featureFile: true, featuresDirectory: /data/features.d}"))
	if !strings.Contains(text, "nfd:\n  directory: /data/features.d") {
		t.Error(text)
	}
}

func TestConfigShowsTheHostsNodesOnlyWhenMounted(t *testing.T) {
	if text := configFile(t, nil); !strings.Contains(text, "dev-root: \"\"") {
		t.Error(text)
	}
	if text := configFile(t, valuesOf(t, "hostDev: true")); !strings.Contains(text, "dev-root: /host/dev") {
		t.Error(text)
	}
}
