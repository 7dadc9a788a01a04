"""The papers that go with the software: what residents, workers, the DPO and the council are told."""
