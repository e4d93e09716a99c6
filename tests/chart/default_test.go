// SPDX-License-Identifier: Apache-2.0

package chart

import (
	"path/filepath"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/lint"
	"helm.sh/helm/v3/pkg/lint/support"
)

// They are what people without Helm apply, and show in a review what a change of a template does.
func TestDefaultAndSimulationRenderAsThePlainManifests(t *testing.T) {
	for name, values := range map[string]string{
		"hailo-device-plugin": "",
		"simulation":          "simulation: {enabled: true}",
	} {
		manifests, err := Render(valuesOf(t, values), plainCluster)
		if err != nil {
			t.Fatal(err)
		}
		compareWithFile(t, filepath.Join(SourceRoot(), "charts", "manifests", name+".yaml"), plain(manifests))
	}
}

func plain(manifests []Manifest) string {
	var text strings.Builder
	text.WriteString("# SPDX-License-Identifier: Apache-2.0\n# What charts/hailo-device-plugin renders; made by ./dev test chart.\n")
	for _, manifest := range manifests {
		if manifest.Template != "chip.yaml" { // a hook of Helm's
			text.WriteString("---\n" + strings.TrimSpace(manifest.Text) + "\n")
		}
	}
	return text.String()
}

func TestDefaultIsWhatTheAPIServerTakes(t *testing.T) {
	if objects := rendered(t, nil, plainCluster); len(objects) < 3 {
		t.Errorf("only %d objects", len(objects))
	}
}

func TestDefaultAndEachValuesFileAreWhatTheAPIServerTakes(t *testing.T) {
	for _, file := range valuesFiles(t) {
		t.Run(filepath.Base(file), func(t *testing.T) {
			values, err := chartutil.ReadValuesFile(file)
			if err != nil {
				t.Fatal(err)
			}
			rendered(t, values, fullCluster)
		})
	}
}

// As "helm lint --strict" does: warnings count.
func TestDefaultAndEachValuesFilePassTheStrictLint(t *testing.T) {
	version := &chartutil.KubeVersion{Version: "v1.33.0", Major: "1", Minor: "33"}
	for _, file := range valuesFiles(t) {
		values, err := chartutil.ReadValuesFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, message := range lint.AllWithKubeVersion(chartFolder(), values, "kube-system", version).Messages {
			if message.Severity >= support.WarningSev {
				t.Errorf("%s: %s", filepath.Base(file), message)
			}
		}
	}
}
