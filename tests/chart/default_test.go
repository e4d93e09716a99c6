// SPDX-License-Identifier: Apache-2.0

package chart

import (
	"os"
	"path/filepath"
	"slices"
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

func TestDefaultNotesTellHowToGoOn(t *testing.T) {
	for values, words := range map[string][]string{
		"":                                   {"hailo.ai/device", "kubectl label node NODE hailo.ai/device.present=true", "must be on the nodes already"},
		"nodeLabels: []":                     {`CHIPS:.status.allocatable.hailo\.ai/device`},
		"simulation: {enabled: true}":        {"The chips are simulated: 2 on every node"},
		"config: {resources: [{name: a/b}]}": {"limits: {a/b: 1}"},
	} {
		notes, err := Notes(valuesOf(t, values), plainCluster)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range words {
			if !strings.Contains(notes, word) {
				t.Errorf("%q is not in the notes for %q:\n%s", word, values, notes)
			}
		}
		if strings.Contains(notes, "pod-security") {
			t.Errorf("kube-system needs no label:\n%s", notes)
		}
	}
}

// What the image is built with is what all else is built with.
func TestDefaultImageIsBuiltWithPackagesThatDevInstalls(t *testing.T) {
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(SourceRoot(), name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	_, rest, _ := strings.Cut(read("Dockerfile"), "--no-install-recommends")
	list, _, _ := strings.Cut(rest, "COPY")
	_, rest, _ = strings.Cut(read("dev"), "packages=(")
	known, _, _ := strings.Cut(rest, ")")
	packages := strings.Fields(strings.ReplaceAll(list, "\\", " "))
	for _, name := range packages {
		if !slices.Contains(strings.Fields(known), name) {
			t.Errorf("./dev does not install %s", name)
		}
	}
	if len(packages) < 10 {
		t.Errorf("the Dockerfile installs %v only", packages)
	}
}
