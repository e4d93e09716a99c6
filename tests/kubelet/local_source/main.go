// SPDX-License-Identifier: Apache-2.0

// Command local-source prints the labels that node-feature-discovery's worker would give a node for the
// feature files in the folder "features.d" of the working folder, as JSON. Its source of them is built
// with that folder in place of its own. It fails, with all reasons, if the master would refuse one.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"sigs.k8s.io/node-feature-discovery/pkg/apis/nfd/validate"
	"sigs.k8s.io/node-feature-discovery/source"
	"sigs.k8s.io/node-feature-discovery/source/local"
)

func labels() (source.FeatureLabels, error) {
	if err := source.GetFeatureSource(local.Name).Discover(); err != nil {
		return nil, err
	}
	found, err := source.GetLabelSource(local.Name).GetLabels()
	if err != nil {
		return nil, err
	}
	refused := []error{}
	for key, value := range found {
		refused = append(refused, validate.Label(key, fmt.Sprint(value)))
	}
	return found, errors.Join(refused...)
}

func main() {
	found, err := labels()
	if err != nil {
		fmt.Fprintln(os.Stderr, "local-source:", err)
		os.Exit(1)
	}
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		fmt.Fprintln(os.Stderr, "local-source:", err)
		os.Exit(1)
	}
}
