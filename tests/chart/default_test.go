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

func TestDefaultRendersWhatTheFileShows(t *testing.T) {
	manifests, err := Render(nil, plainCluster)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, manifest := range manifests {
		text.WriteString("---\n# " + manifest.Template + "\n" + strings.TrimSpace(manifest.Text) + "\n")
	}
	compareWithFile(t, filepath.Join(SourceRoot(), "tests", "chart", "golden", "default.yaml"), text.String())
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
